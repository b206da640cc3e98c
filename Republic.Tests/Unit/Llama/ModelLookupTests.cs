using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>A name is a name: only the command line takes a path.</summary>
public sealed class ModelLookupTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-test-");
    private readonly DataFolder data;
    private readonly string outside;

    public ModelLookupTests()
    {
        data = new DataFolder(root.FullName);
        File.WriteAllText(Path.Combine(data.Folder("models"), "inside.gguf"), "");
        outside = Path.Combine(root.FullName, "outside.gguf");
        File.WriteAllText(outside, "");
    }

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void The_app_finds_the_names_of_the_models_folders_and_no_path()
    {
        Assert.Equal(data.Path("models", "inside.gguf"), ModelLookup.ModelPath("inside", data));
        foreach (
            var given in new[] { outside, data.Path("models", "inside.gguf"), "../outside", "inside.gguf", "./inside", "", "/dev/null" }
        )
        {
            var refused = Assert.Throws<FileNotFoundException>(() => ModelLookup.ModelPath(given, data));
            Assert.Equal($"There is no model {given} here. There: all-minilm-l6-v2, inside, sprout.", refused.Message);
        }
    }

    [Fact]
    public void The_command_line_finds_names_and_paths()
    {
        Assert.Equal(data.Path("models", "inside.gguf"), GivenFile.ModelPath("inside", data));
        Assert.Equal(outside, GivenFile.ModelPath(outside, data));
        Assert.Equal(outside, GivenFile.AdapterPath(outside, data));
        Assert.Equal(GgufMutations.SproutPath, GivenFile.ModelPath("sprout", data));
        Assert.Throws<FileNotFoundException>(() => GivenFile.ModelPath("nobody", data));
    }
}
