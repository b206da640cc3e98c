using Republic.Core.PersonalModels.Sources;

namespace Republic.Tests.Unit.PersonalModels;

public sealed class SourceAddressTests
{
    [Theory]
    [InlineData("https://store.example/a/b/blob/main/c-Q4.gguf", "https://store.example/a/b/resolve/main/c-Q4.gguf")]
    [InlineData(
        "https://store.example/a/b/blob/main/c.GGUF?download=true#top",
        "https://store.example/a/b/resolve/main/c.GGUF?download=true"
    )]
    [InlineData("http://127.0.0.1:8080/blob/blob/c%20d.gguf", "http://127.0.0.1:8080/resolve/blob/c%20d.gguf")]
    [InlineData("https://store.example/a/b/resolve/main/c.gguf", "https://store.example/a/b/resolve/main/c.gguf")]
    [InlineData("https://store.example/a/b/resolve/main/c.gguf#top", "https://store.example/a/b/resolve/main/c.gguf")]
    [InlineData("https://store.example/a/b/blob/main/README.md", "https://store.example/a/b/blob/main/README.md")]
    [InlineData("https://store.example/get?file=/blob/a.gguf", "https://store.example/get?file=/blob/a.gguf")]
    [InlineData("https://blob/a.gguf", "https://blob/a.gguf")]
    public void The_page_about_a_model_file_leads_to_the_file(string given, string file) =>
        Assert.Equal(file, SourceAddress.OfFile(new Uri(given)).AbsoluteUri);

    [Fact]
    public void What_is_no_address_stays_as_it_is() =>
        Assert.Equal("a/blob/b.gguf", SourceAddress.OfFile(new Uri("a/blob/b.gguf", UriKind.Relative)).OriginalString);
}
