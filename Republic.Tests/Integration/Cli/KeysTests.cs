using System.Security.Cryptography;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic keys</c>, as whoever runs a republic sees it.</summary>
public sealed class KeysTests(TestDatabases databases)
{
    [Fact]
    public async Task A_key_from_a_setting_is_changed_by_setting_both()
    {
        await using var ring = await SealedRing.NewAsync(databases, 5);
        var old = ring.Keys().Current;
        var oldText = (await File.ReadAllTextAsync(old.Source, TestContext.Current.CancellationToken)).Trim();
        File.Delete(old.Source);
        var newText = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        string[] both = [$"--API_KEY_ENCRYPTION_KEY={newText}", $"--API_KEY_ENCRYPTION_KEY_PREVIOUS={oldText}"];

        var (_, only, _) = await RunAsync(ring, "rotate", $"--API_KEY_ENCRYPTION_KEY={oldText}");
        var (lost, missing, _) = await RunAsync(ring, "status", both[0]);
        var (_, before, _) = await RunAsync(ring, "status", both);
        var (exit, rotated, _) = await RunAsync(ring, "rotate", both);
        var (after, alone, _) = await RunAsync(ring, "status", both[0]);

        Assert.Contains("put a new one (openssl rand -base64 32) into API_KEY_ENCRYPTION_KEY", only, StringComparison.Ordinal);
        Assert.Equal(1, lost);
        Assert.Contains(
            $"5 secrets cannot be opened: put the key {old.Name} into API_KEY_ENCRYPTION_KEY_PREVIOUS",
            missing,
            StringComparison.Ordinal
        );
        Assert.Contains("5 secrets to seal anew: republic keys rotate", before, StringComparison.Ordinal);
        Assert.Equal(0, exit);
        Assert.Contains("5 secrets sealed anew", rotated, StringComparison.Ordinal);
        Assert.Contains("Take API_KEY_ENCRYPTION_KEY_PREVIOUS out of the settings", rotated, StringComparison.Ordinal);
        Assert.Equal(0, after);
        Assert.Contains("Everything is sealed under", alone, StringComparison.Ordinal);
        Assert.All([only, missing, before, rotated, alone], text => Assert.DoesNotContain(oldText, text, StringComparison.Ordinal));
        Assert.All([only, missing, before, rotated, alone], text => Assert.DoesNotContain(newText, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_that_does_not_open_is_named_and_left_and_the_others_are_done()
    {
        await using var ring = await SealedRing.NewAsync(databases, 3);
        await using (var row = await ring.HoldAsync(ring.Ids[1]))
        {
            await row.CopyAsync(ring.Ids[2]);
        }

        var (exit, output, error) = await RunAsync(ring, "rotate");

        Assert.Equal(1, exit);
        Assert.Contains(ring.Ids[1].ToString(), error, StringComparison.Ordinal);
        Assert.Contains("was altered or belongs to another row", error, StringComparison.Ordinal);
        Assert.Contains("2 secrets sealed anew", output, StringComparison.Ordinal);
        Assert.Contains("1 secret to seal anew", output, StringComparison.Ordinal);
        Assert.NotEqual(ring.Keys().Current.Version, SecretBox.KeyVersionOf(await ring.ValueAsync(ring.Ids[1])));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_plainly_and_no_key_is_made()
    {
        await using var ring = await SealedRing.NewAsync(databases, 0);
        var before = ring.Keys().Current.Version;

        var (exit, _, error) = await World.Cli.RunAsync(
            ring.Folder.Root,
            "",
            "keys",
            "rotate",
            "--ConnectionStrings:Db=Host=127.0.0.1;Port=9;Database=none;Username=nobody;Password=canary-7f3a"
        );

        Assert.Equal(1, exit);
        Assert.StartsWith("The database does not answer", error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error, StringComparison.Ordinal);
        Assert.Equal(before, ring.Keys().Current.Version);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(SealedRing ring, string verb, params string[] settings) =>
        World.Cli.RunAsync(ring.Folder.Root, "", ["keys", verb, $"--ConnectionStrings:Db={ring.ConnectionString}", .. settings]);
}
