namespace Republic.Core.Tools.Commands;

/// <summary>A tool command as a superuser enters it.</summary>
public sealed record ToolCommandInput(string? Name, string? Description, string? Command)
{
    public IReadOnlyList<string?>? Arguments { get; init; }

    /// <summary>Variables that the program gets beside PATH, HOME and LANG.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }
}
