using System.Text;
using Republic.Core.Data;
using Republic.Core.Inference.Supervision;

namespace Republic.Tests.Unit.Inference;

public sealed class ModelHostFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void A_folder_too_deep_for_a_socket_gets_it_in_a_folder_of_its_owner_alone()
    {
        var deep = ModelHostFolder.Make(new DataFolder(Path.Combine(root.FullName, new string('d', 90))));

        var path = ModelHostFolder.SocketPath(deep);

        Assert.InRange(Encoding.UTF8.GetByteCount(path), 1, 103);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(owner, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        ModelHostFolder.RemoveSocket(deep, path);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void Two_supervisors_of_one_folder_do_not_share_a_socket()
    {
        var folder = ModelHostFolder.Make(new DataFolder(root.FullName));

        Assert.NotEqual(ModelHostFolder.SocketPath(folder), ModelHostFolder.SocketPath(folder));
    }

    [Fact]
    public void Sockets_of_dead_processes_are_removed_and_those_of_the_living_stay()
    {
        var folder = ModelHostFolder.Make(new DataFolder(root.FullName));
        var mine = ModelHostFolder.SocketPath(folder);
        File.WriteAllText(mine, "");
        var orphan = Path.Combine(folder, $"{int.MaxValue}-abcdef.sock");
        File.WriteAllText(orphan, "");

        ModelHostFolder.Make(new DataFolder(root.FullName));

        Assert.True(File.Exists(mine));
        Assert.False(File.Exists(orphan));
    }
}
