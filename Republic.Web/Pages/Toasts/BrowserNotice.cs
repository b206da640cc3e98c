namespace Republic.Web.Pages.Toasts;

/// <summary>A notification by the browser, which <c>notify.js</c> reads as JSON. Not a word of what was said is in it: anybody may see the screen.</summary>
/// <param name="Key">By this the browser tells it once.</param>
/// <param name="Path">The address that it leads to.</param>
internal sealed record BrowserNotice(string Key, string Path, string Title, string Text);
