using System.Net;
using System.Text;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Bombs and names that documents come with: refused at the door, or shown and nothing else.</summary>
public sealed class HostileDocumentTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const long Gigabyte = 1L << 30;

    public static TheoryData<string> Names() =>
        new([
            "../up.txt",
            "../../../../etc/cron.d/up.txt",
            "..\\up.txt",
            "..\\..\\..\\windows\\up.txt",
            "/etc/passwd.txt",
            "C:\\boot.txt",
            "\\\\host\\share\\up.txt",
            "%2e%2e%2fup.txt",
            "..%2fup.txt",
            "....//up.txt",
            "up.txt/.",
            ".",
            "..",
            "...",
            "~root.txt",
            "CON",
            "NUL.txt",
            "LPT1",
            "a\tb.txt",
            "gpj\u202Etxt.exe.txt",
            "\u2066up.txt",
            "$(reboot).txt",
            "`reboot`.txt",
            "|reboot.txt",
            "; reboot.txt",
            "-rf.txt",
            "--help.txt",
            "a:b.txt",
            "a*b?.txt",
            "<script>alert(1)</script>.txt",
            "' or 1=1 --.txt",
            " .txt",
            "🙂.txt",
            new string('a', 300) + ".txt",
            "documents/../../up.txt",
            ".git/config.txt",
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_only_ever_shown(string name)
    {
        var person = republic.Jonas;
        var id = (await KnowledgeWorld.CollectionAsync(person, "Names"))["id"]!.GetValue<string>();
        var before = Outside();

        var document = await KnowledgeWorld.AddAsync(person, id, name, Encoding.UTF8.GetBytes($"Words for {Guid.CreateVersion7()}."));

        Assert.Equal("ready", document["status"]!.GetValue<string>());
        Assert.DoesNotContain(
            document["name"]!.GetValue<string>(),
            letter => letter is '/' or '\\' or '\u202E' or '\u2066' || char.IsControl(letter)
        );
        Assert.Equal(before, Outside());
        Assert.True(File.Exists(Path.Combine(republic.DataFolder, "documents", document["id"]!.GetValue<string>())));
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_fails_alone()
    {
        var person = republic.Jonas;
        var id = (await KnowledgeWorld.CollectionAsync(person, "Lies"))["id"]!.GetValue<string>();
        var bomb = KnowledgeFiles.Bomb(Gigabyte / 4);
        // The directory's entry says that it unpacks to a thousand bytes.
        var entry = bomb.AsSpan().LastIndexOf<byte>([0x50, 0x4B, 1, 2]);
        BitConverter.TryWriteBytes(bomb.AsSpan(entry + 24), 1000);

        var document = await KnowledgeWorld.AddAsync(person, id, "lies.docx", bomb);

        Assert.Equal("failed", document["status"]!.GetValue<string>());
        Assert.NotEmpty(document["error"]!.GetValue<string>());
    }

    private string[] Outside() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(republic.DataFolder)
                .Concat(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(republic.DataFolder)!, "up*"))
                .Where(entry => Path.GetFileName(entry) != "documents")
                .Order(StringComparer.Ordinal),
        ];
}
