namespace Republic.Core.PersonalModels.Downloads;

/// <summary>Which file a part is the beginning of, kept beside it: the row has one ETag alone, and a part is not to go on with another file's bytes.</summary>
internal sealed class PartETag
{
    private readonly string path;

    /// <param name="part">The path of the part.</param>
    public PartETag(string part)
    {
        path = $"{part}.etag";
        Value = File.Exists(path) ? File.ReadAllText(path) : null;
    }

    public string? Value { get; private set; }

    public void Keep(string? etag)
    {
        if (etag is not null && etag != Value)
        {
            File.WriteAllText(path, etag);
            Value = etag;
        }
    }

    public void Forget() => File.Delete(path);
}
