namespace Republic.Core.Llama.Files;

internal sealed record ModelFile(string Id, string Path, long Bytes, DateTime ChangedUtc)
{
    /// <summary>A link that leads nowhere has no length; reading it says what is wrong.</summary>
    public static ModelFile Of(FileInfo file) =>
        new(System.IO.Path.GetFileNameWithoutExtension(file.Name), file.FullName, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
}
