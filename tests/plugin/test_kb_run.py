"""The fixture ``kb_run``."""


def test_it_runs_a_scenario_by_name_and_gives_its_verdict(run, pytester):
    pytester.makepyfile(
        """
        def test_it(kb_run):
            assert kb_run("failover").passed
            assert not kb_run("failover", release="1.0.0").passed
        """
    )
    run().assert_outcomes(passed=1)


def test_it_runs_a_mapping_a_text_and_a_file(run, pytester, scenario):
    file = scenario().rename(pytester.path / "mine.txt")
    pytester.makepyfile(
        f"""
        from pathlib import Path
        import yaml

        def test_it(kb_run):
            file = Path({str(file)!r})
            text = file.read_text()
            for given in (file, text, yaml.safe_load(text)):
                assert kb_run(given).passed
        """
    )
    run().assert_outcomes(passed=1, failed=0)


def test_a_release_that_is_none_is_told(run, pytester):
    pytester.makepyfile(
        """
        import pytest
        from pytest_kbevents.errors import InputError

        def test_it(kb_run):
            with pytest.raises(InputError, match="unknown release '9.9'; one of 0.5.0, 0.8.3, "):
                kb_run("failover", release="9.9")
        """
    )
    run().assert_outcomes(passed=1)
