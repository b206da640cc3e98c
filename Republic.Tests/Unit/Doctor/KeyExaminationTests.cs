using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Tests.Unit.Doctor;

public sealed class KeyExaminationTests : IDisposable
{
    private static readonly SealedColumn Column = DataProtectionKey.SealedKeys;
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-doctor-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string KeyFile => data.Path("keys", "master.key");

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    [Theory]
    [InlineData(DatabaseCondition.Ready, FindingLevel.Trouble)]
    [InlineData(DatabaseCondition.Away, FindingLevel.Trouble)]
    [InlineData(DatabaseCondition.Missing, FindingLevel.Warning)]
    [InlineData(DatabaseCondition.Empty, FindingLevel.Warning)]
    public async Task A_key_that_is_missing_is_a_trouble_where_something_may_be_sealed_and_none_is_made(
        DatabaseCondition condition,
        FindingLevel level
    )
    {
        var finding = Assert.Single(await ExamineAsync(condition));

        Assert.Equal(("key", level), (finding.Check, finding.Level));
        Assert.Empty(Directory.GetFileSystemEntries(data.Root));
    }

    [Fact]
    public async Task A_key_in_the_data_folder_is_named_and_a_copy_of_it_is_asked_for()
    {
        var key = MasterKeys.Load(Settings(), data).Current;

        var found = await ExamineAsync();

        Assert.Equal([FindingLevel.Good, FindingLevel.Warning], found.Select(finding => finding.Level));
        Assert.Contains(key.Name, found[0].Summary, StringComparison.Ordinal);
        Assert.Contains("Keep a copy", found[1].Advice, StringComparison.Ordinal);
        var secret = (await File.ReadAllTextAsync(KeyFile, Ct)).Trim();
        Assert.All(found, finding => Assert.DoesNotContain(secret, finding.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_said_and_its_rights_stay_as_they_are()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MasterKeys.Load(Settings(), data);
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(KeyFile, Open);

        var found = await ExamineAsync();

        Assert.Contains(found, finding => finding.Advice?.Contains("chmod 600", StringComparison.Ordinal) == true);
        Assert.Equal(Open, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_key_from_a_setting_is_kept_apart_and_one_that_is_too_short_is_a_trouble_that_does_not_show_it()
    {
        var good = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        var finding = Assert.Single(await ExamineAsync((MasterKey.Setting, good)));
        var found = await ExamineAsync((MasterKey.Setting, "Y2FuYXJ5"), (MasterKey.PreviousSetting, "canary,!"));

        Assert.Equal(FindingLevel.Good, finding.Level);
        Assert.DoesNotContain(good, finding.ToString(), StringComparison.Ordinal);
        Assert.Equal([FindingLevel.Trouble, FindingLevel.Trouble], found.Select(one => one.Level));
        Assert.All(found, one => Assert.DoesNotMatch("Y2FuYXJ5|canary", one.ToString()));
    }

    [Fact]
    public async Task A_key_file_that_is_no_key_is_a_trouble()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await File.WriteAllTextAsync(KeyFile, "not a key", Ct);

        Assert.Equal(FindingLevel.Trouble, (await ExamineAsync())[0].Level);
    }

    [Fact]
    public void Keys_are_known_from_settings_and_from_the_folder_and_those_that_cannot_be_used_are_left_out()
    {
        var file = MasterKeys.Load(Settings(), data).Current;
        File.WriteAllText(data.Path("keys", "master-broken.key"), "broken");
        var setting = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var settings = Settings((MasterKey.Setting, setting));

        var (sealing, all) = KnownKeys.Versions(settings, data);

        Assert.Equal(MasterKey.FromSetting(settings)!.Version, sealing);
        Assert.True(all.SetEquals([file.Version, sealing!.Value]));
    }

    [Fact]
    public void Secrets_that_no_key_opens_are_a_trouble_and_those_under_an_earlier_one_a_warning()
    {
        var known = new HashSet<uint> { 1, 2 };
        SealedCount[] fine = [new(Column, 1, 4)];

        var lost = SecretsExamination.Of([.. fine, new(Column, 2, 1), new(Column, 0xe66d1c68, 3)], 1, known);
        var earlier = SecretsExamination.Of([.. fine, new(Column, 2, 1)], 1, known);
        var good = SecretsExamination.Of(fine, 1, known);
        var none = SecretsExamination.Of([], 1, known);

        Assert.Equal((FindingLevel.Trouble, "3 secrets cannot be opened: the key e66d1c68 is not here."), (lost.Level, lost.Summary));
        Assert.Equal((FindingLevel.Warning, "1 secret is under an earlier key."), (earlier.Level, earlier.Summary));
        Assert.Equal((FindingLevel.Good, "All 4 secrets can be opened."), (good.Level, good.Summary));
        Assert.Equal((FindingLevel.Good, "No secret is stored yet."), (none.Level, none.Summary));
    }

    private Task<IReadOnlyList<Finding>> ExamineAsync(params (string Key, string Value)[] settings) =>
        ExamineAsync(DatabaseCondition.Ready, settings);

    private Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseCondition condition, params (string Key, string Value)[] settings) =>
        new KeyExamination(Settings(settings), data).ExamineAsync(new DatabaseState(condition), Ct);

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
