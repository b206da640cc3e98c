using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class HallTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(1000, 85)]
    public void As_many_seats_are_filled_as_there_are_citizens_until_the_hall_is_full(int citizens, int filled) =>
        Assert.Equal(filled, Hall.Big("", citizens).Rows.Sum(row => row.Count(seat => seat.Taken)));

    [Fact]
    public void The_first_citizen_sits_in_the_middle_of_the_front_row()
    {
        var seat = Hall.Big("", 1).Rows[0].Single(s => s.Taken);
        Assert.Equal((210, 126), (Math.Round(seat.X), Math.Round(seat.Y)));
    }

    [Theory]
    [InlineData("Mira Kovač", "MK")]
    [InlineData("mira", "M")]
    [InlineData("Ana Maria de Souza", "AS")]
    [InlineData("  ", "")]
    [InlineData("👩‍🚀 Zoë", "👩‍🚀Z")]
    public void A_person_is_shown_by_whole_letters(string name, string initials) => Assert.Equal(initials, AvatarTagHelper.Initials(name));
}
