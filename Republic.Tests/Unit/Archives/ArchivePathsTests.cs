using Republic.Core.Archives.Importing.Reading;

namespace Republic.Tests.Unit.Archives;

public sealed class ArchivePathsTests
{
    [Theory]
    [InlineData("archive.json")]
    [InlineData("chats/0198c5a4-1111-7222-8333-444455556666.json")]
    [InlineData("collections/0198c5a4-1111-7222-8333-444455556666/documents/0198c5a4-1111-7222-8333-444455556667")]
    [InlineData("minions/0198c5a4-1111-7222-8333-444455556666/adapters/my_weights-2.gguf")]
    public void Names_as_archives_have_them_are_fine(string name) => Assert.True(ArchivePaths.IsFine(name));

    [Theory]
    [InlineData("")]
    [InlineData("../passwd")]
    [InlineData("chats/../../passwd")]
    [InlineData("chats/..")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/windows")]
    [InlineData("chats\\..\\x")]
    [InlineData("chats//x")]
    [InlineData("chats/")]
    [InlineData(".hidden")]
    [InlineData("a\nb")]
    [InlineData("archive.json\n")]
    [InlineData("a b")]
    [InlineData("ä.json")]
    [InlineData("a/b/c/d/e/f")]
    public void A_name_that_could_lead_elsewhere_is_not(string name) => Assert.False(ArchivePaths.IsFine(name));

    [Fact]
    public void A_name_has_an_end() => Assert.False(ArchivePaths.IsFine(new string('a', 301)));
}
