namespace Republic.Web.Pages.Datasets;

public sealed class TypedForm
{
    /// <summary>As many as a form shows at first.</summary>
    private const int FirstPairs = 3;

    public string? Name { get; set; }

    public IList<TypedPair> Pairs { get; set; } = [.. Enumerable.Range(0, FirstPairs).Select(_ => new TypedPair())];
}
