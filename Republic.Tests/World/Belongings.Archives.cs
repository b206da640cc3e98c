namespace Republic.Tests.World;

public sealed partial record Belongings
{
    /// <summary>Of an archive that says something of whoever imports it.</summary>
    private static async Task<string> ImportAsync(Inhabitant person, string marker)
    {
        var imported = await ArchiveWorld.ImportAsync(person, ArchiveFile.OfProfile($"{marker} {Guid.CreateVersion7():N}").ToBytes());
        return imported["id"]!.GetValue<string>();
    }
}
