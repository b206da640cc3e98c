using Republic.Core.Times;

namespace Republic.Tests.Unit;

public sealed class TimeZoneNamesTests
{
    [Theory]
    [InlineData("Europe/Zagreb", "Europe/Zagreb")]
    [InlineData("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince", "America/Port-au-Prince")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("UTC", "UTC")]
    public void A_zone_is_found_by_its_name(string name, string id) => Assert.Equal(id, TimeZoneNames.Find(name)?.Id);

    [Theory]
    [InlineData("Asia/Calcutta", 5.5)]
    [InlineData("Asia/Saigon", 7.0)]
    [InlineData("Europe/Kiev", 2.0)]
    public void A_zone_is_found_by_the_name_that_browsers_still_use(string name, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), TimeZoneNames.Find(name)?.BaseUtcOffset);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Europe")]
    [InlineData("Europe/Atlantis")]
    [InlineData("../../etc/passwd")]
    [InlineData("/dev/zero")]
    [InlineData("Europe/../Europe/Zagreb")]
    [InlineData("Europe//Zagreb")]
    [InlineData("Europe/Zagreb\n")]
    [InlineData("Europe/Zagreb ")]
    public void What_is_no_zone_is_not_looked_for(string? name) => Assert.Null(TimeZoneNames.Find(name));

    [Fact]
    public void A_name_without_end_is_no_zone() => Assert.Null(TimeZoneNames.Find(new string('a', 100_000)));

    [Fact]
    public void A_schedule_in_a_zone_that_is_a_path_has_a_problem_and_its_file_is_not_read() =>
        Assert.Equal(
            ["time_zone"],
            new ScheduleTime(null, new TimeOnly(3, 0), null, "/dev/zero").Problems().Select(problem => problem.Field)
        );
}
