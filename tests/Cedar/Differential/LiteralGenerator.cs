using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>Writes what stands at the leaves of conditions: the ordinary, the limits, and what is just beyond them.</summary>
internal sealed class LiteralGenerator(Choices choices)
{
    public string Long() => choices.Of(
        "1", "0", "2", "-1", "- 1", "007", "9223372036854775807", "-9223372036854775808", "4611686018427387904", "3037000500", "-3037000500", "(-1)");

    public string String() => choices.Of(
        "\"a\"", "\"\"", "\"b\"", "\"a*b\"", "\"\\\"\"", "\"\\u{e9}\"", "\"é\"", "\"\\u{1F600}\"", "\"😀\"", "\"\\x41\\0\\n\\t\\r\\\\\\'\"", "\"//no\"", "\"a\nb\"");

    public string Pattern() => choices.Of(
        "\"a\"", "\"*\"", "\"\"", "\"a*\"", "\"*b\"", "\"a*b\"", "\"a\\*b\"", "\"**\"", "\"*a*\"", "\"\\u{2a}\"", "\"é*\"", "\"*😀\"", "\"\\**\\*\"", "\"a*a\"");

    public string Entity() => $"{Type()}::{choices.Of("\"a\"", "\"b\"", "\"\"", "\"c\"", "\"\\u{e9}\\\"\"", "\"😀\"")}";

    public string Type() => choices.Mostly<string>(["User", "Group", "App::Doc", "User", "App :: Doc", "principal", "Action", "_x9::User"], ["is"]);

    public string Key() => choices.Of("a", "b", "\"a\"", "\"c d\"", "principal", "\"if\"", "permit", "\"\"", "\"é\"");

    public string HasPath() => choices.Of("a", "b", "\"c d\"", "a.b", "r.a", "r.b.c", "\"a.b\"", "principal", "flag", "boss.boss", "permit.when", "\"if\"");

    public string Attribute(string owner) =>
        owner + choices.Mostly<string>([".a", ".b", ".flag", "[\"a\"]", "[\"c d\"]", ".r.a", ".r[\"b\"]", ".boss", ".boss.boss.a", ".n", ".principal", "[\"\"]"], [".like", ".if", "[a]"]);

    public string Ip() => choices.Once(3) ? OddIp() : choices.Of("\"10.0.0.1\"", "\"10.0.0.0/8\"", "\"127.0.0.1\"", "\"::1\"", "\"ff00::2\"", "\"0.0.0.0/0\"");

    private string OddIp() => choices.Of(
        "\"10.0.0.1\"", "\"10.0.0.0/8\"", "\"127.0.0.1\"", "\"127.0.0.0/7\"", "\"224.0.0.1/4\"", "\"0.0.0.0/0\"", "\"255.255.255.255/32\"", "\"10.0.0.1/33\"",
        "\"10.0.0.1/08\"", "\"010.0.0.1\"", "\"10.0.0\"", "\"10.0.0.256\"", "\"::1\"", "\"::/0\"", "\"ff00::2/128\"", "\"FF00::/8\"", "\"::ffff:1.2.3.4\"",
        "\"1:2:3:4:5:6:7:8\"", "\"1:2:3:4:5:6:7:8:9\"", "\"1::2::3\"", "\"::1/129\"", "\"::1/\"", "\"fe80::1%eth0\"", "\"[::1]\"", "\"\"", "\" ::1\"", "\"1.2.3.4.\"",
        "\":::\"", "\"12345::\"", "\"::1/0128\"", "\"::g\"", "\"1:2:3:4:5:6:7::\"", "\"::2:3:4:5:6:7:8\"", "\"1::3:4:5:6:7:8\"", "\"1.2.3.4\\0\"", "\"/\"", "1");

    public string Decimal() => choices.Once(3) ? OddDecimal() : choices.Of("\"1.0\"", "\"1.5\"", "\"-1.5\"", "\"0.0\"", "\"1.2345\"");

    private string OddDecimal() => choices.Of(
        "\"1.0\"", "\"0.0\"", "\"-0.0\"", "\"1.2345\"", "\"1.23456\"", "\"1\"", "\"1.\"", "\".1\"", "\"-1.5\"", "\"+1.5\"", "\"01.50\"", "\"922337203685477.5807\"",
        "\"922337203685477.5808\"", "\"-922337203685477.5808\"", "\"-922337203685477.5809\"", "\"1e3.0\"", "\"1.0 \"", "\"٣.٣\"", "\"--1.0\"", "\"1.0.0\"", "\"99999999999999999999.0\"", "true");

    public string DateTime() => choices.Once(3) ? OddDateTime() : choices.Of("\"2024-10-15\"", "\"1970-01-01\"", "\"2024-10-15T11:35:00Z\"", "\"1969-12-31T23:59:59.999Z\"");

    private string OddDateTime() => choices.Of(
        "\"2024-10-15\"", "\"1970-01-01\"", "\"2024-10-15T11:35:00Z\"", "\"2024-10-15T11:35:00.123Z\"", "\"2024-10-15T11:35:00+0100\"", "\"2024-10-15T11:35:00.1Z\"",
        "\"2024-10-15T11:35:00-2359\"", "\"2024-10-15T11:35:00+2400\"", "\"2024-02-29\"", "\"2023-02-29\"", "\"2024-02-30\"", "\"0000-01-01\"", "\"0000-02-29\"",
        "\"9999-12-31T23:59:59.999-2359\"", "\"24-01-01\"", "\"2024-13-01\"", "\"2024-00-10\"", "\"2024-10-15T24:00:00Z\"", "\"2024-10-15T23:59:60Z\"",
        "\"2024-10-15T11:35:00\"", "\"2024-10-15t11:35:00z\"", "\"2024-10-15T11:35:00.1234Z\"", "\"2024-10-15T11:35Z\"", "\"1969-12-31T23:59:59.999Z\"", "\"2024-1-1\"",
        "\"2024-10-15 \"", "\"2024-10-15T11:35:00+01:00\"", "\"0000-01-01T00:00:00+2359\"", "\"10000-01-01\"", "1");

    public string Duration() => choices.Once(3) ? OddDuration() : choices.Of("\"1h\"", "\"0ms\"", "\"-1d\"", "\"1d2h3m4s5ms\"", "\"1ms\"");

    private string OddDuration() => choices.Of(
        "\"1h\"", "\"0ms\"", "\"1d2h3m4s5ms\"", "\"-1d\"", "\"\"", "\"-\"", "\"1\"", "\"1h1h\"", "\"1h1d\"", "\"1ms1s\"", "\"9223372036854775807ms\"", "\"9223372036854775808ms\"",
        "\"-9223372036854775808ms\"", "\"-9223372036854775809ms\"", "\"106751991167d\"", "\"106751991168d\"", "\"-106751991167d7h12m55s808ms\"", "\"18446744073709551616ms\"",
        "\"1.5h\"", "\"+1h\"", "\"1 h\"", "\"1H\"", "\"00001h\"", "\"-9223372036854775807ms\"", "\"1d1ms\"", "\"-1h-1m\"", "\"9223372036854775807ms1s\"", "1");

    /// <summary>What is no condition, or only just one.</summary>
    public string Invalid() => choices.Of(
        "1 < 2 < 3", "1 == 1 == true", "!!!!!true", "-----1 == 1", "!-1", "-!true", "principal.if", "principal.__cedar", "9223372036854775808 == 1", "-9223372036854775809 == 1",
        "-(9223372036854775808) == 1", "--9223372036854775808 == 1", "-9223372036854775808.a", "1 / 1 == 1", "1 % 1 == 1", "1 = 1", "\"\\q\" == \"\"", "\"\\x80\" == \"\"",
        "\"\\u{d800}\" == \"\"", "\"\\u{1_F}\" == \"\\u{1f}\"", "\"\\u{0000041}\" == \"A\"", "\"\\u{_41}\" == \"A\"", "\"\\u{}\" == \"\"", "\"\\u41\" == \"\"", "\"a\rb\" == \"\"",
        "\"\\*\" == \"*\"", "[,] == []", "{,} == {}", "{a: 1, \"a\": 2} == {}", "{true: 1} == {}", "{a::b: 1} == {}", "{(\"a\"): 1} == {}", "[1, 2].contains(1, 2)", "[].isEmpty(1)",
        "foo(1)", "contains(1)", "isIpv4(1)", "App::ip(\"::1\")", "[].foo()", "[].ip()", "principal()", "principal.a()", "(1)(2)", "principal[1]", "principal[(\"a\")]",
        "principal has (a)", "principal has \"a\".b", "principal has a::b", "principal has if", "principal has true", "principal has a[\"b\"]", "principal is (User)", "principal is \"User\"",
        "principal is User::\"a\"", "\"a\" like a", "\"a\" like (\"a\")", "1 in principal", "?principal == principal", "User == principal", "User::{id: 1} == principal", "__cedar::User::\"a\" == principal",
        "if true then true", "true && if true then true else true", "if true then true else true && 1", "(if true then true else 1) || 1", "principal.a.b.c == 1 has a", "", "true true", "true;", "1 + 1",
        "principal == \u00a0principal", "true // end", "18446744073709551616 == 1", "\"\\\nx\" == \"x\"", "principal in User::\"a\" in User::\"b\"", "principal is User in User::\"a\" in User::\"b\"", "@ == 1", "a :: b", "is is is", "permit == 1", "true::\"a\" == 1", "Action::\"a\"::\"b\" == 1");
}
