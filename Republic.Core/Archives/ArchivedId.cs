using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Archives;

/// <summary>
/// The id that a thing of an archive gets: of who imports it and of the id that it had. Imported again it is the same thing, and an id that
/// an archive names leads to nothing that is somebody else's.
/// </summary>
internal static class ArchivedId
{
    private const int Length = 16;

    public static Guid Of(Guid person, Guid original) => FormId.Of(person, original)!.Value;

    /// <summary>The id of what has a name in place of one, as weights do.</summary>
    public static Guid Of(Guid person, string name) =>
        Of(person, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, Length)));
}
