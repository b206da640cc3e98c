using Republic.Tests.World;
using Xunit.Sdk;

namespace Republic.Tests.EndToEnd;

/// <summary>The tests' own eyes: a page that does not please must fail them.</summary>
public sealed class TabTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("document.body.innerHTML = '<img src=\"/img/logo.svg\">'", "image-alt")]
    [InlineData(
        "document.querySelector('main').append(Object.assign(document.createElement('div'), { className: 'wide' })); document.querySelector('.wide').setAttribute('style', ''); document.querySelector('.wide').style.width = '3000px'",
        "scrolls sideways"
    )]
    [InlineData("document.body.setAttribute('onclick', 'alert(1)')", "Content Security Policy")]
    [InlineData("new Image().src = 'http://127.0.0.1:1/collect'", "127.0.0.1:1")]
    public async Task A_fault_on_a_page_is_seen(string fault, string seenAs)
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.GoAsync("/account/sign-in");
        await tab.Page.EvaluateAsync($"() => {{ {fault} }}");
        var error = await Assert.ThrowsAnyAsync<XunitException>(tab.AssertAccessibleAsync);
        Assert.Contains(seenAs, error.Message, StringComparison.Ordinal);
        if (seenAs != "image-alt")
        {
            var without = await Assert.ThrowsAnyAsync<XunitException>(tab.AssertPleasantAsync);
            Assert.Contains(seenAs, without.Message, StringComparison.Ordinal);
        }
    }
}
