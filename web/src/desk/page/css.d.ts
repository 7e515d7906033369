/** A page's own styles are loaded with the page. */
declare module '*.css'
