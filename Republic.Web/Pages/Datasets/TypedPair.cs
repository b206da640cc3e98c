namespace Republic.Web.Pages.Datasets;

public sealed class TypedPair
{
    public string? Question { get; set; }

    public string? Answer { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Question) && string.IsNullOrWhiteSpace(Answer);

    public bool IsHalf => !IsEmpty && (string.IsNullOrWhiteSpace(Question) || string.IsNullOrWhiteSpace(Answer));

    public Dictionary<string, string> ToRow() =>
        new(StringComparer.Ordinal) { ["prompt"] = Lines(Question), ["completion"] = Lines(Answer) };

    private static string Lines(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
}
