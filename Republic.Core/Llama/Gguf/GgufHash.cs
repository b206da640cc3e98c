using System.Security.Cryptography;

namespace Republic.Core.Llama.Gguf;

/// <summary>What tells one model file from every other, whatever it is called.</summary>
internal static class GgufHash
{
    /// <summary>SHA-256 over the whole file, in lower-case hexadecimal digits. Reads all of it: about a second per gigabyte.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
