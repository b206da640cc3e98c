using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Tests.Unit;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DataFolder data = new(Path.Combine(Path.GetTempPath(), $"republic-key-{Guid.CreateVersion7():N}"));

    private string KeyFile => data.Path("keys", "master.key");

    public static TheoryData<string, string> BadSettings =>
        new()
        {
            { "", "is empty" },
            { "   ", "is empty" },
            { "not base64!", "is not base64" },
            { "c2hvcnQ=", "is 5 bytes long" },
            { Convert.ToBase64String(new byte[31]), "is 31 bytes long" },
            { Convert.ToBase64String(new byte[33]), "is 33 bytes long" },
            { Convert.ToBase64String(new byte[64]), "is 64 bytes long" },
            { Convert.ToBase64String(new byte[32]), "is not a random key" },
            { Convert.ToBase64String("changemechangemechangemechangeme"u8), "is not a random key" },
            { "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "is 48 bytes long" },
        };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public void A_bad_setting_refuses_to_start_and_says_how_to_make_a_good_one(string value, string reason)
    {
        var refused = Assert.Throws<StartupRefusedException>(() => MasterKeys.Load(Setting(value), data));

        Assert.Contains(reason, refused.Message);
        Assert.Contains("API_KEY_ENCRYPTION_KEY", refused.Message);
        Assert.Contains("openssl rand -base64 32", refused.Message);
        Assert.False(File.Exists(KeyFile), "a bad setting must not be answered with another key");
    }

    [Fact]
    public void The_setting_wins_and_no_file_is_made()
    {
        var value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        Assert.Equal(MasterKeys.Load(Setting(value), data).Current.Version, MasterKeys.Load(Setting(value + "\n"), data).Current.Version);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void Without_the_setting_a_key_file_is_made_once_and_only_its_owner_reads_it()
    {
        var first = MasterKeys.Load(Setting(null), data);
        var second = MasterKeys.Load(Setting(null), data);

        Assert.Equal(first.Current.Version, second.Current.Version);
        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(KeyFile)).Length);
        Assert.Single(Directory.GetFiles(data.Path("keys")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(data.Path("keys"))
            );
        }
    }

    [Fact]
    public async Task Copies_that_start_at_once_agree_on_one_key()
    {
        for (var round = 0; round < 10; round++)
        {
            using var start = new Barrier(16);
            var copies = Enumerable
                .Range(0, start.ParticipantCount)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return MasterKeys.Load(Setting(null), data).Current.Version;
                        },
                        TestContext.Current.CancellationToken,
                        // One thread each: the pool would start them one after the other.
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                );

            Assert.Single((await Task.WhenAll(copies)).Distinct());
            Assert.Equal([KeyFile], Directory.GetFiles(data.Path("keys")));
            File.Delete(KeyFile);
        }
    }

    [Fact]
    public void A_key_file_that_others_can_read_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        MasterKeys.Load(Setting(null), data);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        MasterKeys.Load(Setting(null), data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("half a k")]
    [InlineData("c2hvcnQ=")]
    public void A_damaged_key_file_refuses_to_start_and_is_left_as_it_is(string content)
    {
        Directory.CreateDirectory(data.Path("keys"));
        File.WriteAllText(KeyFile, content);

        var refused = Assert.Throws<StartupRefusedException>(() => MasterKeys.Load(Setting(null), data));

        Assert.Contains(KeyFile, refused.Message);
        Assert.Contains("backup", refused.Message);
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    public void Dispose()
    {
        if (Directory.Exists(data.Root))
        {
            Directory.Delete(data.Root, recursive: true);
        }
    }

    private static IConfiguration Setting(string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection(value is null ? [] : [new(MasterKey.Setting, value)]).Build();
}
