using System.Text.RegularExpressions;

namespace Republic.Tests.Architecture;

/// <summary>The address of a page of the app, as its file gives it.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Template">Such as <c>/tasks/{id:guid}/edit</c>.</param>
public sealed partial record PageRoute(string Path, string Template)
{
    private readonly Regex shape = new($"^{Shape(Template)}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>All that draw something.</summary>
    public static IReadOnlyList<PageRoute> All { get; } = [.. Read()];

    /// <summary>The page that is at an address, which has something in braces where a template has.</summary>
    public static PageRoute? At(string address) =>
        All.Where(page => page.shape.IsMatch(address)).MinBy(page => page.Template.Count(letter => letter == '{'));

    private static IEnumerable<PageRoute> Read() =>
        from file in Directory.EnumerateFiles(
            System.IO.Path.Combine(SourceFile.Root, "Republic.Web", "Pages"),
            "*.cshtml",
            SearchOption.AllDirectories
        )
        let text = File.ReadAllText(file)
        let directive = Directive().Match(text)
        // One that has nothing but directives only answers with what other pages draw, or leads to them.
        where directive.Success && text.Split('\n').Any(line => line.Trim().Length > 0 && line[0] != '@')
        orderby file
        select new PageRoute(
            System.IO.Path.GetRelativePath(SourceFile.Root, file).Replace('\\', '/'),
            directive.Groups["template"].Success ? directive.Groups["template"].Value : "/"
        );

    private static string Shape(string template) =>
        Parameter()
            .Replace(
                template,
                found =>
                    found.Groups["optional"].Success ? "(?:/[^/]+)?"
                    : found.Groups["kind"].Value == ":int" ? @"/(?:\{[^/]*\}|[0-9]+)"
                    : found.Groups["kind"].Success ? @"/\{[^/]*\}"
                    : "/[^/]+"
            );

    [GeneratedRegex("""^@page(?:\s+"(?<template>[^"]+)")?""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"/\{\w+(?<kind>:\w+)?(?<optional>\?)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
