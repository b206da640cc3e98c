using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Tests.Unit;

/// <summary>One key seals and its predecessors open, while the key is being changed.</summary>
public sealed class MasterKeysTests : IDisposable
{
    private static readonly SecretPurpose Purpose = new("minions", "sealed_api_key", Guid.Parse("01938000-0000-7000-8000-000000000001"));

    private readonly DataFolder data = new(Path.Combine(Path.GetTempPath(), $"republic-keys-{Guid.CreateVersion7():N}"));

    [Fact]
    public void What_the_previous_key_sealed_opens_and_the_new_one_seals()
    {
        var (old, @new) = (NewText(), NewText());
        var before = new SecretBox(Load(old));
        var after = new SecretBox(Load(@new, $" {old} "));
        var @sealed = before.Seal("canary-7f3a", Purpose);

        Assert.Equal("canary-7f3a", after.Open(@sealed, Purpose));
        var renewed = after.Seal("canary-7f3a", Purpose);
        Assert.NotEqual(SecretBox.KeyVersionOf(@sealed), SecretBox.KeyVersionOf(renewed));
        Assert.Throws<SecretUnreadableException>(() => before.Open(renewed, Purpose));
        Assert.Throws<SecretUnreadableException>(() => new SecretBox(Load(@new)).Open(@sealed, Purpose));
    }

    [Fact]
    public void A_node_that_does_not_seal_under_the_new_key_yet_can_be_told_to_open_it()
    {
        var (old, @new) = (NewText(), NewText());
        var notYet = new SecretBox(Load(old, @new));
        var already = new SecretBox(Load(@new, old));

        Assert.Equal("from the new", notYet.Open(already.Seal("from the new", Purpose), Purpose));
        Assert.Equal("from the old", already.Open(notYet.Seal("from the old", Purpose), Purpose));
    }

    [Fact]
    public void A_value_that_claims_another_version_of_the_key_does_not_open()
    {
        var (old, @new) = (NewText(), NewText());
        var box = new SecretBox(Load(@new, old));
        var ofOld = new SecretBox(Load(old)).Seal("canary-7f3a", Purpose);
        var ofNew = box.Seal("canary-7f3a", Purpose);

        ofNew.AsSpan(1, 4).CopyTo(ofOld.AsSpan(1));

        var refused = Assert.Throws<SecretUnreadableException>(() => box.Open(ofOld, Purpose));
        Assert.DoesNotContain("canary", refused.ToString());
    }

    [Fact]
    public void A_running_app_opens_and_seals_under_a_key_file_that_was_changed_meanwhile()
    {
        var running = Load(null);
        var box = new SecretBox(running);
        var old = box.Seal("canary-7f3a", Purpose);

        var key = MasterKeyFile.Change(data);
        var elsewhere = new SecretBox(Load(null)).Seal("from elsewhere", Purpose);

        Assert.Equal("from elsewhere", box.Open(elsewhere, Purpose));
        Assert.Equal(key.Version, SecretBox.KeyVersionOf(box.Seal("new", Purpose)));
        Assert.Equal("canary-7f3a", box.Open(old, Purpose));
        Assert.Equal("canary-7f3a", new SecretBox(Load(null)).Open(old, Purpose));
    }

    [Fact]
    public void A_change_that_was_cut_before_the_new_key_was_in_place_has_changed_nothing()
    {
        var before = Load(null).Current;
        File.Copy(data.Path("keys", "master.key"), data.Path("keys", $"master-{before.Name}.key"));

        var after = Load(null);

        Assert.Equal(before.Version, after.Current.Version);
        Assert.Empty(after.Earlier);
        var changed = MasterKeyFile.Change(data);
        Assert.Equal(changed.Version, after.Current.Version);
        Assert.Equal([before.Version], after.Earlier.Select(key => key.Version));
    }

    [Fact]
    public void A_key_file_that_goes_missing_under_a_running_app_is_not_replaced_by_another_key()
    {
        var running = Load(null);
        var version = running.Current.Version;

        File.Delete(data.Path("keys", "master.key"));

        Assert.Equal(version, running.Current.Version);
        Assert.False(File.Exists(data.Path("keys", "master.key")));
    }

    [Fact]
    public void A_setting_takes_over_from_the_key_file_and_what_the_file_sealed_still_opens()
    {
        var ofFile = new SecretBox(Load(null)).Seal("canary-7f3a", Purpose);

        Assert.Equal("canary-7f3a", new SecretBox(Load(NewText())).Open(ofFile, Purpose));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("c2hvcnQ=")]
    public void A_bad_previous_key_refuses_to_start_and_names_the_setting(string value)
    {
        var refused = Assert.Throws<StartupRefusedException>(() => Load(NewText(), value));

        Assert.Contains("API_KEY_ENCRYPTION_KEY_PREVIOUS", refused.Message);
        Assert.DoesNotContain(value, refused.Message);
    }

    public void Dispose()
    {
        if (Directory.Exists(data.Root))
        {
            Directory.Delete(data.Root, recursive: true);
        }
    }

    private static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private MasterKeys Load(string? key, string? previous = null) =>
        MasterKeys.Load(
            new ConfigurationBuilder()
                .AddInMemoryCollection([new(MasterKey.Setting, key), new(MasterKey.PreviousSetting, previous)])
                .Build(),
            data
        );
}
