using System.Security.Cryptography;
using System.Text;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Vectors.Chroma;

internal static class ChromaNames
{
    /// <summary>Of owner, collection and model together: nobody who does not know all three comes upon it.</summary>
    public static string Of(VectorSpace space)
    {
        var whose = $"{space.Owner:N}\n{space.Collection:N}\n{space.Model}";
        return ChromaClient.Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whose)))[..48];
    }
}
