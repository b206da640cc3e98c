using Republic.Core;

namespace Republic.Tests.Unit.Datasets;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1536, "1.5 kB")]
    [InlineData(1L << 30, "1 GB")]
    public void A_size_reads_as_people_say_it(long bytes, string said) => Assert.Equal(said, ByteSize.Of(bytes));
}
