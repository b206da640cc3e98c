using Republic.Core.Security;

namespace Republic.Core.Tools.Commands;

/// <summary>
/// A program of this machine that speaks the Model Context Protocol over its standard input and output. A superuser puts it on the list; people
/// see its name and description, and make a tool server of it. The command line is shown to superusers alone.
/// </summary>
public sealed class ToolCommand
{
    public const int MaxName = 60;
    public const int MaxDescription = 500;
    public const int MaxCommand = 1000;

    internal static readonly SealedColumn SealedKeys = new("tool_commands", "sealed_environment");

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique, ignoring case.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>A path, or a name that is looked for on the PATH.</summary>
    public required string Command { get; init; }

    public required List<string> Arguments { get; init; }

    /// <summary>Environment variables as a JSON object of texts, sealed for this row; null for none.</summary>
    public byte[]? SealedEnvironment { get; set; }

    /// <summary>The names of the variables, which are no secret.</summary>
    public List<string> EnvironmentNames { get; init; } = [];

    /// <summary>Null once that person is gone.</summary>
    public Guid? AddedBy { get; init; }

    public required DateTimeOffset AddedAt { get; init; }
}
