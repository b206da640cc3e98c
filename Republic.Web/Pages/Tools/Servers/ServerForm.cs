using Republic.Core;
using Republic.Core.Tools.Servers;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>A tool server over HTTP, as its form sends it.</summary>
public sealed class ServerForm
{
    public string? Name { get; set; }

    public string? Url { get; set; }

    /// <summary>A header a line, “Name: value”. Empty: those that are stored stay.</summary>
    public string? Headers { get; set; }

    /// <summary>The stored headers are deleted, and no others sent.</summary>
    public bool DropHeaders { get; set; }

    /// <summary>A failure where a line is no header.</summary>
    public Outcome<ToolServerInput> ToInput()
    {
        // A field that was left empty is an empty text, not one that was left out.
        var input = new ToolServerInput(Name ?? "", Url ?? "");
        if (DropHeaders)
        {
            return input with { Headers = new Dictionary<string, string?>(StringComparer.Ordinal) };
        }

        var headers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in (Headers ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
            {
                return Failure.Invalid("headers", "Write each header on a line of its own, once: “Authorization: Bearer …”.");
            }
        }

        return headers.Count == 0 ? input : input with { Headers = headers };
    }
}
