using System.Text.Json;
using Republic.Core.Archives;

namespace Republic.Tests.Unit.Archives;

public sealed class ArchiveJsonTests
{
    [Theory]
    [InlineData("Grüße aus Łódź")]
    [InlineData("Привет")]
    [InlineData("你好 & <b>hello</b>")]
    public void Whoever_opens_an_archive_reads_what_was_written(string text) =>
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(text, ArchiveJson.Options));
}
