using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Llama.Templates;

/// <summary>Some templates refuse ids that are not nine letters and digits; all others take these as well.</summary>
internal static class CallIds
{
    private const int Length = 9;

    /// <summary>The same for the same id, so that a call and its result stay together.</summary>
    public static string Short(string id) =>
        id.Length == Length && id.All(char.IsAsciiLetterOrDigit)
            ? id
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..Length];
}
