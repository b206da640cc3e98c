using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels;

public sealed class LocalHeadersTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-test-");
    private readonly DirectoryInfo listed = Directory.CreateTempSubdirectory("republic-test-");
    private readonly LocalHeaders headers;

    public LocalHeadersTests()
    {
        var data = new DataFolder(root.FullName);
        TinyModels.Write(data.Folder("models"), TinyModelShape.Qwen2, "inside");
        TinyModels.Write(listed.FullName, TinyModelShape.Llama, "listed");
        TinyModels.Write(root.FullName, TinyModelShape.Llama, "outside");
        File.WriteAllText(data.Path("models", "text.gguf"), "<!doctype html><html lang=\"en\"><body></body></html>");
        var options = new ModelHostOptions { Folders = [listed.FullName, Path.Combine(listed.FullName, "gone")] };
        headers = new LocalHeaders(new SharedModels(data, Options.Create(options)));
    }

    public void Dispose()
    {
        root.Delete(recursive: true);
        listed.Delete(recursive: true);
    }

    [Theory]
    [InlineData("inside.gguf", "qwen2")]
    [InlineData("inside", "qwen2")]
    [InlineData("listed.gguf", "llama")]
    [InlineData("sprout.gguf", "llama")]
    public void A_file_in_one_of_the_folders_is_read_by_its_name(string name, string architecture) =>
        Assert.Equal(architecture, headers.Read(name).Value!.Architecture);

    [Fact]
    public void A_path_is_no_name()
    {
        foreach (
            var path in new[]
            {
                "../outside.gguf",
                "models/inside.gguf",
                Path.Combine(root.FullName, "outside.gguf"),
                "..\\outside.gguf",
                "./inside.gguf",
            }
        )
        {
            var failure = headers.Read(path).Failure!;
            Assert.Equal((FailureKind.Invalid, "path"), (failure.Kind, failure.Fields[0].Field));
        }
    }

    [Theory]
    [InlineData("outside.gguf")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("inside.gguf\0")]
    public void What_lies_in_none_of_them_is_not_there(string name) => Assert.Equal(FailureKind.NotFound, headers.Read(name).Failure!.Kind);

    [Fact]
    public void A_file_that_is_no_model_is_refused() =>
        Assert.Contains("not a GGUF file", headers.Read("text.gguf").Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void The_files_are_named_without_where_they_lie() =>
        Assert.Equal(["all-minilm-l6-v2.gguf", "inside.gguf", "listed.gguf", "sprout.gguf", "text.gguf"], headers.Files());
}
