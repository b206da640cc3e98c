namespace Republic.Core.Training.Exports;

/// <summary>A run's weights and all that another program needs to answer with them.</summary>
/// <param name="Name">Of the weights' file for those who download it.</param>
/// <param name="BasePath">The model that the weights change; nothing else can use them.</param>
/// <param name="BaseName">Of its file for those who download it.</param>
/// <param name="SystemPrompt">The version's, with its character.</param>
public sealed record AdapterExport(string Path, string Name, string BasePath, string BaseName, string SystemPrompt)
{
    public required long BaseBytes { get; init; }

    public required string BaseSha256 { get; init; }

    /// <summary>The Modelfile, of which Ollama makes a model with the two files; its value reads the base's header.</summary>
    public required Lazy<string> Modelfile { get; init; }
}
