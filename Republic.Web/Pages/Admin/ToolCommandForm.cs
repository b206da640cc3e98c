using Republic.Core;
using Republic.Core.Tools.Commands;

namespace Republic.Web.Pages.Admin;

public sealed record ToolCommandForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Command { get; set; }

    /// <summary>An argument a line.</summary>
    public string? Arguments { get; set; }

    /// <summary>A variable a line, “NAME=value”.</summary>
    public string? Environment { get; set; }

    /// <summary>A failure where a line is no variable.</summary>
    public Outcome<ToolCommandInput> ToInput()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in Lines(Environment))
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !environment.TryAdd(line[..sign].Trim(), line[(sign + 1)..].Trim()))
            {
                return Failure.Invalid("environment", "Write each variable on a line of its own, once: “NAME=value”.");
            }
        }

        return new ToolCommandInput(Name, Description, Command) { Arguments = Lines(Arguments), Environment = environment };
    }

    private static string[] Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
