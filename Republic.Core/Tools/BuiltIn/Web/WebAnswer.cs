using System.Net;

namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>The answer of a web server.</summary>
/// <param name="Address">The address that answered, behind all redirects.</param>
/// <param name="MediaType">The type that the server names, without parameters; empty where it names none.</param>
/// <param name="Charset">The encoding that the server names; null where it names none.</param>
internal sealed record WebAnswer(Uri Address, HttpStatusCode Status, string MediaType, string? Charset, byte[] Body)
{
    /// <summary>Another host, or another port of it, to which it redirects; nothing was asked of that. Null where it answered itself.</summary>
    public Uri? LeadsTo { get; init; }
}
