using Republic.MiniLm.Onnx;
using Republic.Tests.World;

namespace Republic.Tests.Unit.MiniLm;

public sealed class ProtoMessageTests
{
    [Fact]
    public void Fields_are_read_in_their_order_whatever_they_hold()
    {
        var message = new ProtoBytes().Number(1, ulong.MaxValue).Text(2, "größer").Number(1, 300).ToArray();
        byte[] fixedOnes = [(3 << 3) | 5, 1, 2, 3, 4, (4 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8];

        var fields = ProtoMessage.Fields((byte[])[.. message, .. fixedOnes]).ToList();

        Assert.Equal([1UL, 2, 1, 3, 4], fields.Select(field => field.Number));
        Assert.Equal((ulong.MaxValue, "größer", 300UL), (fields[0].Value, fields[1].Text, fields[2].Value));
        Assert.Equal(fixedOnes[1..5], fields[3].Bytes.ToArray());
        Assert.Equal(fixedOnes[6..], fields[4].Bytes.ToArray());
    }

    [Theory]
    [InlineData("ends within a number", new byte[] { 0x08 })]
    [InlineData("ends within a number", new byte[] { 0x0A })]
    [InlineData("ends within a number", new byte[] { 0x80 })]
    [InlineData("has 5 bytes, and 1 are left", new byte[] { 0x0A, 5, 0 })]
    [InlineData("has 4 bytes, and 0 are left", new byte[] { 0x0D })]
    [InlineData("has 8 bytes, and 1 are left", new byte[] { 0x09, 0 })]
    [InlineData("has 18446744073709551615 bytes", new byte[] { 0x0A, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData("more than 10 bytes", new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData("of the kind 3", new byte[] { 0x0B })]
    [InlineData("of the kind 7", new byte[] { 0x0F })]
    public void What_is_no_message_is_refused_with_what_is_wrong(string expected, byte[] message)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => ProtoMessage.Fields(message).ToList());

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }
}
