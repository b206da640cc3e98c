namespace Republic.Core.Llama.Files;

internal sealed record ModelFile(string Id, string Path, long Bytes, DateTime ChangedUtc)
{
    public static ModelFile Of(FileInfo file) =>
        new(System.IO.Path.GetFileNameWithoutExtension(file.Name), file.FullName, file.Length, file.LastWriteTimeUtc);
}
