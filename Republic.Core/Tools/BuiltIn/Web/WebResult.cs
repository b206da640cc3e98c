namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>A page that a search found.</summary>
/// <param name="Address">The address of the page, as <see cref="WebAddresses.Plain"/> spells it.</param>
internal sealed record WebResult(string Title, string Address, string Excerpt);
