using System.Text;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit;

public sealed class SecretBoxTests
{
    private static readonly Guid Row = Guid.Parse("01938000-0000-7000-8000-000000000001");
    private static readonly SecretPurpose Purpose = new("minions", "sealed_api_key", Row);

    private readonly MasterKey key = Keys.New();
    private readonly SecretBox box;

    public SecretBoxTests() => box = new SecretBox(MasterKeys.Of(key));

    [Theory]
    [InlineData("")]
    [InlineData("nvapi-Cy-Yw")]
    [InlineData("schlüssel 🔑 键")]
    public void What_is_sealed_opens_again_for_the_same_purpose(string secret) =>
        Assert.Equal(secret, box.Open(box.Seal(secret, Purpose), Purpose));

    public static TheoryData<string, string, string> OtherPurposes =>
        new()
        {
            { "minions", "sealed_api_key", "01938000-0000-7000-8000-000000000002" },
            { "minions", "other_column", "01938000-0000-7000-8000-000000000001" },
            { "credentials", "sealed_api_key", "01938000-0000-7000-8000-000000000001" },
            // The same letters, cut elsewhere
            { "minionss", "ealed_api_key", "01938000-0000-7000-8000-000000000001" },
        };

    [Theory]
    [MemberData(nameof(OtherPurposes))]
    public void A_secret_moved_to_another_row_column_or_table_does_not_open(string table, string column, string row)
    {
        var moved = box.Seal("canary-7f3a", Purpose);

        var refused = Assert.Throws<SecretUnreadableException>(() => box.Open(moved, new SecretPurpose(table, column, Guid.Parse(row))));

        Assert.DoesNotContain("canary", refused.ToString());
    }

    [Fact]
    public void Any_flipped_bit_anywhere_is_noticed()
    {
        var @sealed = box.Seal("canary-7f3a", Purpose);
        for (var bit = 0; bit < @sealed.Length * 8; bit++)
        {
            var altered = (byte[])@sealed.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<SecretUnreadableException>(() => box.Open(altered, Purpose));
        }
    }

    [Fact]
    public void Any_truncation_is_noticed()
    {
        var @sealed = box.Seal("canary-7f3a", Purpose);
        for (var length = 0; length < @sealed.Length; length++)
        {
            Assert.Throws<SecretUnreadableException>(() => box.Open(@sealed[..length], Purpose));
        }
    }

    [Fact]
    public void The_same_secret_is_never_sealed_twice_alike_and_never_in_clear()
    {
        var boxes = Enumerable.Range(0, 100).Select(_ => box.Seal("canary-7f3a", Purpose)).ToList();

        Assert.Equal(100, boxes.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(boxes, b => Assert.DoesNotContain("canary", Encoding.Latin1.GetString(b)));
    }

    [Fact]
    public void A_secret_names_the_key_version_it_needs_and_another_master_key_is_told_apart_from_tampering()
    {
        var @sealed = box.Seal("canary-7f3a", Purpose);
        var other = new SecretBox(MasterKeys.Of(Keys.New()));

        var refused = Assert.Throws<SecretUnreadableException>(() => other.Open(@sealed, Purpose));

        Assert.Equal(key.Version, SecretBox.KeyVersionOf(@sealed));
        Assert.Contains($"{key.Version:x8}", refused.Message);
        Assert.Contains("Put the right key back", refused.Message);
        Assert.Null(SecretBox.KeyVersionOf("plain text that was never sealed by anything"u8));
    }

    [Fact]
    public void Many_threads_seal_and_open_at_once()
    {
        var @sealed = box.Seal("canary-7f3a", Purpose);

        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            i =>
            {
                Assert.Equal("canary-7f3a", box.Open(@sealed, Purpose));
                if (i % 10 == 0)
                {
                    Assert.Equal($"secret {i}", box.Open(box.Seal($"secret {i}", Purpose), Purpose));
                }
            }
        );
    }
}
