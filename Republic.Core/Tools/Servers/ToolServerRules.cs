using System.Globalization;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers;

/// <summary>Checks a tool server as a person enters it, and applies that.</summary>
public sealed class ToolServerRules(OutboundGuard guard, SecretBox box, TimeProvider time)
{
    public const int MaxHeaders = 10;
    public const int MaxHeaderName = 100;
    public const int MaxHeader = 4000;

    /// <summary>Headers that belong to HTTP and to the protocol, and that nobody enters.</summary>
    private static readonly string[] TakenHeaders =
    [
        "accept",
        "connection",
        "expect",
        "host",
        "keep-alive",
        "last-event-id",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];

    private static readonly string[] TakenBeginnings = ["content-", "mcp-", "proxy-"];

    /// <param name="others">The names of the person's other servers.</param>
    /// <param name="server">The server as it is stored; null where it is new.</param>
    internal Failure? Problem(ToolServerInput input, IReadOnlyCollection<string> others, ToolServer? server)
    {
        var rules = new FieldRules([]);
        if (server is null || input.Name is not null)
        {
            Name(rules, input.Name?.Trim() ?? "", others);
        }

        if (server?.IsCommand ?? input.CommandId is not null)
        {
            Command(rules, input);
        }
        else if (server is null || input.Url is not null)
        {
            Url(rules, input.Url?.Trim() ?? "");
        }

        if (server is not null && input.CommandId is { } chosen && chosen != server.CommandId)
        {
            rules.Add("command_id", "A server stays with what it was added as. Add another one for another command.");
        }

        if (input.Headers is { } headers)
        {
            Headers(rules, headers);
        }

        return rules.Errors.Count == 0 ? null : Failure.Invalid(rules.Errors);
    }

    /// <summary>Headers go nowhere but to the address that they were given for.</summary>
    /// <returns>True where it is another address now.</returns>
    internal bool Apply(ToolServerInput input, ToolServer server)
    {
        var url = input.Url?.Trim() ?? server.Url;
        var moves = url != server.Url;
        if (input.Headers is not null || moves)
        {
            var headers = (input.Headers ?? new Dictionary<string, string?>()).ToDictionary(
                header => header.Key.Trim(),
                header => header.Value!.Trim(),
                StringComparer.Ordinal
            );
            server.HeaderNames = [.. headers.Keys.Order(StringComparer.OrdinalIgnoreCase)];
            server.SealedHeaders = ToolServerHeaders.Seal(box, server, url, headers);
            server.NeedsSignIn = false;
        }

        if (moves)
        {
            // Who signed in to another server did not sign in to this one, and what that said is nothing that this one said.
            server.SealedOAuth = null;
            server.Tools = [];
            (server.LeftOut, server.Error, server.ReadAt) = (0, null, null);
        }

        (server.Name, server.Url, server.UpdatedAt) = (input.Name?.Trim() ?? server.Name, url, time.GetUtcNow());
        return moves;
    }

    internal ToolServer New(Guid person, ToolServerInput input)
    {
        var now = time.GetUtcNow();
        var server = new ToolServer
        {
            OwnerId = person,
            Name = "",
            Url = "",
            CommandId = input.CommandId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Apply(input, server);
        return server;
    }

    private static void Name(FieldRules rules, string name, IReadOnlyCollection<string> others)
    {
        if (name.Length is 0 or > ToolServer.MaxName || !name.All(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '_' or '-'))
        {
            rules.Add("name", $"A name has 1 to {ToolServer.MaxName} letters, digits, spaces, _ and -, e.g. “calendar”.");
        }
        else if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            rules.Add("name", $"You have a server called {name}. Choose another name.");
        }
    }

    private static void Command(FieldRules rules, ToolServerInput input)
    {
        if (!string.IsNullOrWhiteSpace(input.Url))
        {
            rules.Add("url", "A command of this machine has no URL. Take it out, or add a server of its own for it.");
        }

        if (input.Headers is { Count: > 0 })
        {
            rules.Add("headers", "A command of this machine is sent no headers. Take them out.");
        }
    }

    private void Url(FieldRules rules, string url)
    {
        if (url.Length > ToolServer.MaxUrl || !FieldRules.IsLine(url) || !Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            rules.Add(
                "url",
                $"Enter the URL of the server, at most {ToolServer.MaxUrl.ToString("N0", CultureInfo.InvariantCulture)} characters, e.g. https://example.org/mcp."
            );
        }
        else if (guard.Check(address, "url") is { } refused)
        {
            rules.Add("url", refused.Message);
        }
    }

    private static void Headers(FieldRules rules, IReadOnlyDictionary<string, string?> headers)
    {
        if (headers.Count > MaxHeaders)
        {
            rules.Add("headers", $"A server is sent at most {MaxHeaders} headers. Take some out.");
        }
        else if (headers.Keys.Select(name => name.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < headers.Count)
        {
            rules.Add("headers", "A header stands there twice. Take one out.");
        }
        else if (headers.Keys.FirstOrDefault(name => !IsToken(name.Trim())) is { } odd)
        {
            rules.Add(
                "headers",
                $"“{odd.AtMost(MaxHeaderName)}” is no name of a header. It has letters, digits and -, such as Authorization."
            );
        }
        else if (headers.Keys.FirstOrDefault(name => IsTaken(name.Trim().ToLowerInvariant())) is { } taken)
        {
            rules.Add("headers", $"The header {taken} is set by Republic itself. Take it out.");
        }
        else if (headers.FirstOrDefault(header => !IsValue(header.Value?.Trim())) is { Key: { } wrong })
        {
            rules.Add("headers", $"{wrong} has no value that can be sent: one line of 1 to 4,000 letters, digits and signs of ASCII.");
        }
    }

    /// <summary>A name of a header as RFC 9110 has it.</summary>
    private static bool IsToken(string name) =>
        name.Length is > 0 and <= MaxHeaderName
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-.^_`|~".Contains(sign, StringComparison.Ordinal));

    private static bool IsTaken(string name) =>
        TakenHeaders.Contains(name, StringComparer.Ordinal)
        || Array.Exists(TakenBeginnings, begin => name.StartsWith(begin, StringComparison.Ordinal));

    private static bool IsValue(string? value) =>
        value is { Length: > 0 and <= MaxHeader } && value.All(sign => sign is >= ' ' and < '\x7f');
}
