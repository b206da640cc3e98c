using Republic.Tests.World;

namespace Republic.Tests.EndToEnd;

public sealed class HelpPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_hardware_page_is_pleasant_on_a_desk_and_on_a_phone()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/help/hardware");

        await tab.AssertAccessibleAsync();
    }
}
