namespace Republic.Core.Tools;

/// <summary>The names by which a model knows the tools of servers: each unique in its answer, and none that of a tool of Republic's own.</summary>
/// <param name="reserved">The names that no tool of a server gets.</param>
internal sealed class ToolNames(IEnumerable<string> reserved)
{
    /// <summary>The longest that all protocols take.</summary>
    public const int MaxLength = 64;

    private readonly HashSet<string> taken = new(reserved, StringComparer.OrdinalIgnoreCase);

    /// <summary>The tool's own name, where models take it and nothing else has it; else one made of its server's and its own.</summary>
    public string Of(string server, string tool)
    {
        if (tool.Length is > 0 and <= MaxLength && tool.All(Fits) && taken.Add(tool))
        {
            return tool;
        }

        var name = Clean($"{server}_{tool}");
        var free = Cut(name, "");
        for (var number = 2; !taken.Add(free); number++)
        {
            free = Cut(name, $"_{number}");
        }

        return free;
    }

    private static string Cut(string name, string ending) => name[..Math.Min(name.Length, MaxLength - ending.Length)] + ending;

    private static string Clean(string name) => string.Concat(name.Select(letter => Fits(letter) ? letter : '_'));

    private static bool Fits(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
