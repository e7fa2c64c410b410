"""Line icons on a 20 x 20 grid, drawn with the current colour."""

ICONS = {
    "arrow": '<path d="M3.5 10h13M11.5 5l5 5-5 5"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "chevron": '<path d="m5.5 8 4.5 4.5L14.5 8"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.8"/>',
    "cross": '<path d="m5 5 10 10M15 5 5 15"/>',
    "download": '<path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/>',
    "file": '<path d="M5 2.8h6.5L15 6.5v10.7H5zM11.3 3v3.8H15"/>',
    "flag": '<path d="M5 17.5V3.2h9.5l-2 3.4 2 3.4H5"/>',
    "home": '<path d="M3 9.2 10 3l7 6.2V17h-4.6v-4.6H7.6V17H3z"/>',
    "key": '<circle cx="6.4" cy="10" r="3.2"/><path d="M9.6 10H17v3M14 10v2.4"/>',
    "link": '<path d="M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1"/>'
    '<path d="M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "pause": '<path d="M7 4.5v11M13 4.5v11"/>',
    "pen": '<path d="M4 16l.8-3.4L13.6 3.8l2.6 2.6-8.8 8.8zM11.8 5.6l2.6 2.6"/>',
    "person": '<circle cx="10" cy="6.6" r="3.1"/>'
    '<path d="M3.8 17c.6-3.6 3-5.4 6.2-5.4s5.6 1.8 6.2 5.4"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "portfolio": '<path d="M3 3.5h3.6v13H3zM8.2 3.5h3.6v8.5H8.2zM13.4 3.5H17v5h-3.6z"/>',
    "print": '<path d="M6 7V3h8v4M6 14H3.2V7.2h13.6V14H14M6 11.8h8v5.4H6z"/>',
    "record": '<path d="M5 2.8h10v14.4H5zM7.8 6.6h4.4M7.8 9.8h4.4M7.8 13h2.6"/>',
    "search": '<circle cx="8.8" cy="8.8" r="5.3"/><path d="m12.8 12.8 4.4 4.4"/>',
}
