using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.World;

/// <summary>Somebody without a pointer: goes from control to control with Tab, and must see where they are.</summary>
public sealed class Typist(Tab tab)
{
    private const int MostStops = 120;

    private const string HaveFocus = "parts => parts.includes(document.activeElement)";

    /// <summary>In words, for whoever reads why a test failed.</summary>
    private const string Focused = """
        () => {
            const part = document.activeElement;
            if (!part || part === document.body) return "nothing";
            const name = part.ariaLabel ?? part.labels?.[0]?.textContent ?? part.textContent;
            return `${part.localName} ${name.trim().replace(/\s+/g, " ").slice(0, 60)}`;
        }
        """;

    /// <summary>It has a ring, or a field the frame of what holds it, and nothing lies over it.</summary>
    private const string IsSeen = """
        () => {
            const part = document.activeElement;
            const { outlineStyle, outlineWidth } = getComputedStyle(part);
            const isRinged = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
            const isFramed = part.matches("input, textarea") && getComputedStyle(part.parentElement).boxShadow !== "none";
            const { left, top, width, height } = part.getClientRects()[0];
            return (isRinged || isFramed) && part.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }
        """;

    private IPage Page => tab.Page;

    /// <summary>One after the other, such as <c>g</c> and <c>m</c>.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Page.Keyboard.PressAsync(key);
        }
    }

    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    /// <summary>Goes on until this part has the focus.</summary>
    public async Task TabToAsync(ILocator part)
    {
        var passed = new List<string>();
        while (!await part.EvaluateAllAsync<bool>(HaveFocus))
        {
            if (passed.Count == MostStops)
            {
                Assert.Fail($"Tab does not lead to {part}. It passed:\n{string.Join('\n', passed)}");
            }

            await PressAsync("Tab");
            passed.Add(await Page.EvaluateAsync<string>(Focused));
        }

        await AssertSeenAsync();
    }

    /// <summary>Waits until this part has the focus, which the page gives it or leaves to it.</summary>
    public async Task AssertAtAsync(ILocator part)
    {
        await Expect(part).ToBeFocusedAsync();
        await AssertSeenAsync();
    }

    /// <summary>Before the scripts of a page are there, no key is theirs.</summary>
    public async Task ArriveAsync([StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await tab.ArriveAsync(address);
        await Page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    private async Task AssertSeenAsync() =>
        Assert.True(
            await Page.EvaluateAsync<bool>(IsSeen),
            $"{Page.Url}: nobody sees that this has the focus: {await Page.EvaluateAsync<string>(Focused)}"
        );
}
