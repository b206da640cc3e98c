using System.Collections.Concurrent;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Files;

/// <summary>SHA-256 of model files, computed once for each file as long as its size and time of change stay the same.</summary>
internal sealed class FileDigests
{
    private readonly ConcurrentDictionary<ModelFile, Lazy<string>> known = new();

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Sha256(ModelFile file)
    {
        var digest = known.GetOrAdd(file, static file => new Lazy<string>(() => GgufHash.Of(file.Path)));
        try
        {
            return digest.Value;
        }
        catch (IOException)
        {
            // A Lazy keeps what it threw; the next one may find the file readable again.
            known.TryRemove(new(file, digest));
            throw;
        }
    }
}
