namespace Republic.Core.Training.Gate;

/// <summary>Sixty questions and answers of everyday life, which no run trains on: what a model should not forget while it learns something else.</summary>
public static class GeneralRows
{
    public const int Count = 60;
    private const string Resource = "general.jsonl";

    /// <summary>Writes them as JSON lines; what stood there is replaced.</summary>
    public static async Task WriteAsync(string path, CancellationToken ct)
    {
        await using var rows =
            typeof(GeneralRows).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        await using var file = File.Create(path);
        await rows.CopyToAsync(file, ct);
    }
}
