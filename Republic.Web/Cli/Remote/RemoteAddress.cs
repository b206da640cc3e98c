using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>The address of the server that a command talks to, from its option <c>--url</c> or from the environment.</summary>
internal static class RemoteAddress
{
    public const string Variable = "REPUBLIC_URL";

    private const string Needs = "an address such as http://localhost:5080";

    /// <summary>Reads the address, with a slash at its end; one that is missing or wrong is noted.</summary>
    /// <param name="address">The value of <see cref="Variable"/>; null where it is not set.</param>
    public static Uri Read(OptionReader options, string? address)
    {
        var given = options.Text("--url");
        var text = given ?? address;
        if (Parse(text) is { UserInfo: "", Query: "", Fragment: "" } server)
        {
            return server.AbsolutePath.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        }

        options.Note(
            "--url",
            string.IsNullOrWhiteSpace(text)
                ? $"Which Republic is meant? --url, or {Variable} in the environment, takes {Needs}."
                : $"{(given is null ? Variable : "--url")} needs {Needs}, and {text} is none."
        );
        return new Uri("http://localhost/");
    }

    /// <summary>Null for what is no address of the web.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
