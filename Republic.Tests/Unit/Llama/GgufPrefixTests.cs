using Republic.Core.Llama.Gguf;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>Headers from the beginning of a file, as they come before a download.</summary>
public sealed class GgufPrefixTests
{
    private static readonly byte[] Whole = GgufMutations.Sprout;

    [Fact]
    public void The_beginning_of_a_file_gives_the_header_of_the_whole()
    {
        var expected = GgufReader.Read(GgufMutations.SproutPath);

        var read = GgufReader.ReadPrefix(new ArraySegment<byte>(Whole, 0, (int)expected.DataStart), Whole.Length)!;

        Assert.Equal((expected.DataStart, expected.FileBytes, expected.Alignment), (read.DataStart, read.FileBytes, read.Alignment));
        Assert.Equal(expected.Values.Keys, read.Values.Keys);
        Assert.Equal(expected.Tensors.Select(Line), read.Tensors.Select(Line));
        Assert.Equal(GgufCheck.Check(GgufMutations.SproutPath), GgufCheck.Check(read));
    }

    [Fact]
    public void A_header_that_goes_on_behind_the_prefix_is_not_called_damaged()
    {
        var header = (int)GgufReader.Read(GgufMutations.SproutPath).DataStart;
        for (var length = 0; length < header - 32; length += 101)
        {
            Assert.Null(GgufReader.ReadPrefix(new ArraySegment<byte>(Whole, 0, length), Whole.Length));
        }
    }

    [Fact]
    public void A_prefix_anywhere_in_a_buffer_is_read()
    {
        byte[] buffer = [.. new byte[100], .. Whole[..100_000]];

        Assert.NotNull(GgufReader.ReadPrefix(new ArraySegment<byte>(buffer, 100, 100_000), Whole.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(5000)]
    public void A_file_that_ends_within_its_header_is_damaged_however_much_of_it_is_here(int length) =>
        Assert.Throws<GgufException>(() => GgufReader.ReadPrefix(Whole, length));

    [Fact]
    public void What_is_wrong_already_is_refused_before_the_rest_is_fetched()
    {
        byte[] text = [.. "<!doctype html><html lang=\"en\">"u8];
        byte[] many = [.. Whole[..8], .. BitConverter.GetBytes(1L << 62), .. Whole[16..1000]];
        byte[] tooMany = [.. Whole[..8], .. BitConverter.GetBytes(1_750_000L), .. Whole[16..1000]];

        Assert.Contains("not a GGUF file", Refusal(text, Whole.Length), StringComparison.Ordinal);
        Assert.Contains("more than the file has room for", Refusal(many, Whole.Length), StringComparison.Ordinal);
        Assert.Contains("has 1750000 tensors", Refusal(tooMany, 1L << 40), StringComparison.Ordinal);
        Assert.Contains("which no model has", Refusal(Whole, long.MaxValue), StringComparison.Ordinal);
        Assert.Contains("which no model has", Refusal(Whole, -1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", 1L << 40, 1, "The header is longer than 64 MB")]
    [InlineData("a\0b", 4, 1, "a key with control characters")]
    [InlineData("a\nb", 4, 1, "a key with control characters")]
    [InlineData("a", 4, 100_000, "has 100000 values")]
    public void A_header_that_no_model_has_is_refused(string key, long numbers, long values, string expected) =>
        Assert.Contains(expected, Refusal(WithList(key, numbers, values), 1L << 50), StringComparison.Ordinal);

    [Fact]
    public void A_list_beyond_the_prefix_asks_for_more_and_allocates_nothing()
    {
        var list = WithList("a", 1 << 22);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(GgufReader.ReadPrefix(list, 1L << 50));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static string Line(GgufTensor tensor) => $"{tensor.Name} {string.Join(' ', tensor.Shape)} {tensor.Type.Name} {tensor.Offset}";

    /// <summary>A header whose first value is a list of numbers of 8 bytes, and ends with the length of the list.</summary>
    private static byte[] WithList(string key, long numbers, long values = 1)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write(0L);
        writer.Write(values);
        writer.Write((long)key.Length);
        writer.Write(System.Text.Encoding.ASCII.GetBytes(key));
        writer.Write(9);
        writer.Write(11);
        writer.Write(numbers);
        return bytes.ToArray();
    }

    private static string Refusal(byte[] prefix, long length) =>
        Assert.Throws<GgufException>(() => GgufReader.ReadPrefix(prefix, length)).Message;
}
