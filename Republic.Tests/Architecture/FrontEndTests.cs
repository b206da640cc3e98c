using System.Text.RegularExpressions;

namespace Republic.Tests.Architecture;

/// <summary>The content security policy allows nothing inline, so a page that tries would be broken, not unsafe. These say it sooner.</summary>
public sealed partial class FrontEndTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Pages() =>
        new(
            Directory
                .EnumerateFiles(Path.Combine(Root, "Republic.Web"), "*.cshtml", SearchOption.AllDirectories)
                .Where(IsSource)
                .Select(Relative)
        );

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_holds_no_inline_style_script_or_event_handler(string page) =>
        Exceptions.None(Inline().Matches(File.ReadAllText(Path.Combine(Root, page))).Select(match => match.Value));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_asks_no_other_host_for_anything(string page) =>
        Exceptions.None(Foreign().Matches(File.ReadAllText(Path.Combine(Root, page))).Select(match => match.Value));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_icon_of_a_page_is_in_the_sprite(string page)
    {
        var sprite = File.ReadAllText(Path.Combine(Root, "wwwroot/lib/icons.svg"));
        var missing = Icon()
            .Matches(File.ReadAllText(Path.Combine(Root, page)))
            .Select(m => m.Groups["name"].Value)
            .Where(name => !sprite.Contains($"id=\"{name}\"", StringComparison.Ordinal));
        Assert.True(!missing.Any(), $"Run `node dev/vendor.mjs`: the sprite lacks {string.Join(", ", missing)}.");
    }

    [Fact]
    public void The_style_sheets_load_nothing_from_elsewhere()
    {
        foreach (var sheet in Directory.EnumerateFiles(Path.Combine(Root, "wwwroot/css")))
        {
            Assert.DoesNotMatch(@"@import|url\(", File.ReadAllText(sheet));
        }
    }

    /// <summary>Razor leaves out an attribute without a value, but not one whose name begins with <c>data-</c>: that is there, and empty.</summary>
    [Fact]
    public void Styles_and_scripts_ask_for_the_value_of_an_attribute_that_may_be_empty()
    {
        var names = Pages()
            .SelectMany(page => MayBeEmpty().Matches(File.ReadAllText(Path.Combine(Root, page.Data))))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Contains("data-working", names);
        Exceptions.None(
            from file in Directory
                .EnumerateFiles(Path.Combine(Root, "wwwroot/css"))
                .Concat(Directory.EnumerateFiles(Path.Combine(Root, "wwwroot/js")))
            from name in names
            where
                File.ReadAllText(file)
                    .Replace($"[{name}]:not([{name}=", "", StringComparison.Ordinal)
                    .Contains($"[{name}]", StringComparison.Ordinal)
            select $"{Relative(file)}: [{name}]"
        );
        // Nor may a page write it without one.
        Exceptions.None(
            from page in Pages()
            from attribute in WithoutValue().Matches(File.ReadAllText(Path.Combine(Root, page.Data)))
            where names.Contains(attribute.Groups["name"].Value)
            select $"{page.Data}: {attribute.Groups["name"].Value} without a value"
        );
    }

    private static bool IsSource(string file) =>
        !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Republic.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Republic.sln is nowhere above the tests.");
        }

        return folder;
    }

    [GeneratedRegex("""\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="|hx-on|javascript:""", RegexOptions.None, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("""(?<name>data-[a-z-]+)="@\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*: null\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MayBeEmpty();

    [GeneratedRegex("""\s(?<name>data-[a-z-]+)(?=[\s>])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithoutValue();

    [GeneratedRegex("""(?:src|href|action|hx-[a-z]+)="https?://""", RegexOptions.None, 1000)]
    private static partial Regex Foreign();

    [GeneratedRegex("""<icon name="(?<name>[a-z0-9_-]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Icon();
}
