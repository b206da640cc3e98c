namespace Republic.Core.Llama.Files;

/// <summary>A model or an adapter on the disk, as it was when it was looked for.</summary>
/// <param name="Id">What it is called. The same file is the same model under each of its names.</param>
internal sealed record ModelFile(string Id, string Path, long Bytes, DateTime ChangedUtc)
{
    /// <summary>A link that leads nowhere has no length; reading it says what is wrong.</summary>
    public static ModelFile Of(FileInfo file) =>
        new(System.IO.Path.GetFileNameWithoutExtension(file.Name), file.FullName, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);

    public bool Equals(ModelFile? other) => other is not null && (Path, Bytes, ChangedUtc) == (other.Path, other.Bytes, other.ChangedUtc);

    public override int GetHashCode() => HashCode.Combine(Path, Bytes, ChangedUtc);
}
